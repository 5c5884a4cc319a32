package io.sluice.plugins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page's files may say: names come from anybody, and no script but the page's own may ever run. */
class PageFilesTest {

    private static final Pattern MAKES_MARKUP_OR_CODE = Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
            + "|\\beval\\b|new Function|createContextualFragment|DOMParser|srcdoc|setHTML|javascript:|import\\(|createPolicy"
            + "|setTimeout\\(\\s*[\"'`]|setInterval\\(\\s*[\"'`]", Pattern.CASE_INSENSITIVE);
    private static final Pattern IMPORT = Pattern.compile("\\bfrom \"([^\"]+)\"");
    private static final Pattern LINK = Pattern.compile("\\b(?:src|href)=\"([^\"]*)\"");

    private final Path folder;
    private final Map<String, String> files = new TreeMap<>();

    PageFilesTest() throws IOException, URISyntaxException {
        folder = Path.of(PageFilesTest.class.getResource("/dashboard/index.html").toURI()).getParent();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
    }

    @Test
    void everyFileIsListedAndEveryListedFileIsThere() {
        assertThat(StaticFile.NAMES).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(files.keySet());
    }

    @Test
    void noTextBecomesMarkupOrCode() {
        files.forEach((name, text) -> assertThat(MAKES_MARKUP_OR_CODE.matcher(text).results().map(MatchResult::group))
                .as(name).isEmpty());
    }

    @Test
    void nothingIsAskedOfAnotherServer() {
        files.forEach((name, text) -> assertThat(text.replace("http://www.w3.org/2000/svg", "")).as(name)
                .doesNotContain("http:", "https:", "ws:", "wss:", "//cdn", "\"//", "url("));
    }

    @Test
    void thePageHasNoScriptAndNoStyleOfItsOwn() {
        String page = files.get("index.html").toLowerCase(Locale.ROOT);

        assertThat(page).doesNotContain("<style", " style=").doesNotContainPattern("\\son\\w+=").doesNotContainPattern("<script(?![^>]* src=)");
        assertThat(files.get("icon.svg")).doesNotContain("<script", "<style", "onload");
        files.forEach((name, text) -> assertThat(text).as(name).doesNotContain("\"style\"", ".cssText", "style:"));
    }

    @Test
    void whatIsNamedIsThere() {
        assertThat(LINK.matcher(files.get("index.html")).results().map(link -> link.group(1))
                .filter(link -> !link.startsWith("#"))).isNotEmpty().allSatisfy(link ->
                assertThat(files).containsKey(link.replaceFirst("^dashboard/", "")));
        files.forEach((name, text) -> IMPORT.matcher(text).results().map(found -> found.group(1)).forEach(imported -> {
            Path module = Path.of("/" + name).resolveSibling(imported).normalize();
            assertThat(files.keySet()).as(name + " imports " + imported).contains(module.toString().substring(1));
        }));
    }

    @Test
    void everySectionThatIsLinkedIsThere() {
        String page = files.get("index.html");
        assertThat(LINK.matcher(page).results().map(link -> link.group(1)).filter(link -> link.startsWith("#"))
                .filter(link -> !page.contains("id=\"" + link.substring(1) + "\""))).isEmpty();
    }

    @Test
    void noTwoElementsShareAnId() {
        assertThat(Pattern.compile("\\bid=\"([^\"]+)\"").matcher(files.get("index.html")).results().map(id -> id.group(1)))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyElementThatAModuleNamesIsThere() {
        String page = files.get("index.html");
        Pattern byId = Pattern.compile("byId\\(\"([^\"]+)\"\\)");
        String missing = files.entrySet().stream().flatMap(file -> byId.matcher(file.getValue()).results()
                        .map(found -> found.group(1)).filter(id -> !page.contains("id=\"" + id + "\"")).map(id -> file.getKey() + ": " + id))
                .collect(Collectors.joining(", "));
        assertThat(missing).isEmpty();
    }
}

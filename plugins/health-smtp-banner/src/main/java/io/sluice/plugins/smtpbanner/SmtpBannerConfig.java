package io.sluice.plugins.smtpbanner;

import io.sluice.spi.config.Description;

/**
 * What is asked of a mail server beyond its greeting.
 *
 * @param contains  text that the greeting must hold; {@code null} for any
 * @param ehlo      the name to say {@code EHLO} with; {@code null} to say nothing
 * @param extension what the answer to {@code EHLO} must offer; {@code null} for nothing in particular
 */
@Description("Waits for a mail server's greeting")
public record SmtpBannerConfig(
        @Description("Text that the greeting must contain") String contains,
        @Description("Name to say EHLO with") String ehlo,
        @Description("Extension that the answer to EHLO must offer, such as STARTTLS") String extension) {
}

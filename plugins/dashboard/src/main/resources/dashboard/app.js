// The page: the door, and behind it the views.

import { forgetKey, hasKey, keepKey, onKeyRefused } from "./api.js";
import { byId, setText } from "./elements.js";
import { Gateway } from "./gateway.js";
import { problemsView } from "./views/problems.js";
import { servicesView } from "./views/services.js";
import { statusView } from "./views/status.js";

const gateway = new Gateway();

for (const view of [statusView(), problemsView(), servicesView()]) {
  gateway.onChange(snapshot => {
    try {
      view(snapshot);
    } catch (error) {
      // one broken view leaves the others
      console.error(error);
    }
  });
}
gateway.onChange(({ status }) => {
  byId("page").hidden = !status || !hasKey();
});

function enter() {
  byId("door").hidden = true;
  byId("leave").hidden = false;
  gateway.start();
}

function leave(reason) {
  forgetKey();
  gateway.stop();
  byId("page").hidden = true;
  byId("leave").hidden = true;
  byId("door").hidden = false;
  setText(byId("door-refusal"), reason);
  setText(byId("link"), "not connected");
  byId("link").className = "";
  byId("key").focus();
}

byId("door").addEventListener("submit", event => {
  event.preventDefault();
  const typed = byId("key").value.trim();
  if (!/^[\x21-\x7e]+$/.test(typed)) {
    setText(byId("door-refusal"), "A key has printable ASCII characters only.");
    return;
  }
  byId("key").value = "";
  keepKey(typed);
  enter();
});
byId("leave").addEventListener("click", () => leave(""));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && hasKey()) {
    gateway.refresh();
  }
});
onKeyRefused(() => leave("The gateway does not take this key."));

if (hasKey()) {
  enter();
} else {
  leave("");
}

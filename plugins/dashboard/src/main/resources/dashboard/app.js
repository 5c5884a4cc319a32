// The page: the door, and behind it the views.

import { forgetKey, hasKey, keepKey, onKeyRefused } from "./api.js";
import { byId, setText } from "./elements.js";
import { Gateway } from "./gateway.js";
import { certificatesView } from "./views/certificates.js";
import { connectionsView } from "./views/connections.js";
import { definitionView } from "./views/definition.js";
import { eventsView } from "./views/events.js";
import { explainView } from "./views/explain.js";
import { historyView } from "./views/history.js";
import { listenersView } from "./views/listeners.js";
import { pluginsView } from "./views/plugins.js";
import { problemsView } from "./views/problems.js";
import { servicesView } from "./views/services.js";
import { statusView } from "./views/status.js";
import { targetsView } from "./views/targets.js";

const gateway = new Gateway();
const definition = definitionView(gateway);
const explain = explainView();
const views = [statusView(), problemsView(), servicesView(definition), targetsView(gateway), listenersView(explain.port),
  connectionsView(gateway), explain.update, definition.update, historyView(gateway), eventsView(), certificatesView(gateway), pluginsView()];

for (const view of views) {
  gateway.onChange(async snapshot => {
    try {
      await view(snapshot);
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

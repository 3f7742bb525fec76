/** What runs on a page once its reader has clicked the icon: hands the page out, draws the marks, and goes again. */

import { PANEL_PORT, type FromPage, type ToPage } from "../messages.js";
import { Marks } from "./marks.js";
import { Note } from "./note.js";
import { snapshot } from "./snapshot.js";

/**
 * A page that builds itself anew changes a thousand times; it is looked at after a rest. Where it goes on changing and
 * the marks stay as they are, the rests grow longer.
 */
const SHORTEST_REST = 800;
const LONGEST_REST = 30_000;

const KEY = "secondSourceRemove";
const shared = globalThis as unknown as Record<string, (() => void) | undefined>;

function start(): () => void {
  const marks = new Marks();
  const note = new Note();
  const end = new AbortController();
  let pending: ReturnType<typeof setTimeout> | undefined;
  let rest = SHORTEST_REST;
  let known = "";
  let frame = 0;

  const tell = (message: FromPage) => void chrome.runtime.sendMessage(message).catch(() => undefined);

  const observer = new MutationObserver(() => {
    if (!marks.any || pending !== undefined) return;
    pending = setTimeout(() => {
      pending = undefined;
      const outcomes = marks.replace();
      if (!outcomes) return;
      const now = JSON.stringify(outcomes);
      rest = now === known ? Math.min(rest * 2, LONGEST_REST) : SHORTEST_REST;
      known = now;
      tell({ type: "outcomes", outcomes });
    }, rest);
  });

  const clear = () => {
    marks.clear();
    note.remove();
    observer.disconnect();
    clearTimeout(pending);
    pending = undefined;
  };

  const answers = (message: ToPage): unknown => {
    switch (message.type) {
      case "snapshot":
        return snapshot();
      case "mark": {
        clear();
        const outcomes = marks.place(message.marks);
        known = JSON.stringify(outcomes);
        rest = SHORTEST_REST;
        observer.observe(document.body, { childList: true, characterData: true, subtree: true });
        return outcomes;
      }
      case "locate":
        return marks.locate(message.quotes);
      case "show":
        return marks.show(message.id);
      case "show-quote":
        return marks.showQuote(message.quote);
      case "clear":
        clear();
        return true;
    }
  };

  const listen = (message: ToPage, sender: chrome.runtime.MessageSender, answer: (found: unknown) => void) => {
    if (sender.id === chrome.runtime.id) answer(answers(message));
  };
  // While the panel is open the marks stay; when it closes nothing is left on the page.
  const connected = (port: chrome.runtime.Port) => {
    if (port.name === PANEL_PORT) port.onDisconnect.addListener(clear);
  };
  chrome.runtime.onMessage.addListener(listen);
  chrome.runtime.onConnect.addListener(connected);

  const options = { signal: end.signal, passive: true };
  document.addEventListener(
    "mousemove",
    ({ clientX, clientY }) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const found = marks.at(clientX, clientY);
        if (found) note.show(found.mark, found.lines, clientY);
        else note.hide();
      });
    },
    options,
  );
  document.addEventListener("scroll", () => note.hide(), { ...options, capture: true });
  document.addEventListener("keydown", (event) => event.key === "Escape" && note.hide(), options);
  document.addEventListener(
    "click",
    ({ clientX, clientY }) => {
      const found = marks.at(clientX, clientY);
      if (found) tell({ type: "chosen", id: found.mark.id });
    },
    options,
  );

  return () => {
    clear();
    end.abort();
    cancelAnimationFrame(frame);
    chrome.runtime.onMessage.removeListener(listen);
    chrome.runtime.onConnect.removeListener(connected);
  };
}

// Each click runs this anew: what an earlier one left goes first.
shared[KEY]?.();
shared[KEY] = start();

import { type App, make, say } from "./app.ts";

/** The command that prints the whole chain of an element, with a button that copies it. */
export function commandView(app: App, element: string): HTMLElement {
  const command = commandText(element);
  if (command === null) return make("p", { class: "quiet" }, say(app, "ui.untypable"));
  const button = make("button", { type: "button", class: "small" }, say(app, "ui.copy"));
  const said = make("span", { class: "quiet", role: "status" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(command);
      said.textContent = say(app, "ui.copied");
    } catch {
      // Files opened from disk may not reach the clipboard; the reader is told to select the text.
      said.textContent = say(app, "ui.notCopied");
    }
  });
  const label = make("span", { class: "quiet" }, `${say(app, "ui.command")}: `);
  return make("p", { class: "command" }, label, make("code", { tabindex: "0" }, command), " ", button, " ", said);
}

/** `freigabe explain . ID` quoted for a POSIX shell; null where a name holds what must not be pasted into one. */
export function commandText(element: string): string | null {
  const quote = (word: string) =>
    /^[\w./:@%+=,][\w./:@%+=,-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  // Brackets stand where a control character was made visible.
  if (/[⟨⟩\p{Cc}\p{Cf}]/u.test(element)) return null;
  const dashes = element.startsWith("-") ? "-- " : "";
  return `freigabe explain ${dashes}. ${quote(element)}`;
}

/** Elements made in code, their words as text: nothing that an article or a server says is ever read as markup. */

type Child = Node | string | undefined | false;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** Words of an article or of a server, which turn nothing around them. */
export function foreign(text: string): HTMLElement {
  return make("bdi", {}, text);
}

export function button(label: string, act: () => unknown, kind = ""): HTMLButtonElement {
  const made = make("button", { type: "button", ...(kind ? { class: kind } : {}) }, label);
  made.addEventListener("click", () => void act());
  return made;
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`There is no #${id}`);
  return found;
}

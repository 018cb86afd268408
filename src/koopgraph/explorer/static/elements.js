// Making elements. Text only ever enters the page as text nodes and attribute values, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `attributes` are set as they are, `on` holds listeners; null children are left out. */
export function element(tag, attributes = {}, ...children) {
  const { on = {}, ...plain } = attributes;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(plain)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children.filter((child) => child != null && child !== ""));
  return made;
}

/** Make a piece of running text that acts as a button: a real one would not break over lines as text does. */
export function textButton(attributes, press, ...children) {
  const keydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  };
  return element("span", { role: "button", tabindex: "0", ...attributes, on: { click: press, keydown } }, ...children);
}

/** Make a small drawing of one path, hidden from screen readers; `viewBox` is a number, half its side. */
export function drawing(path, className, half = 1.35) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `${-half} ${-half} ${2 * half} ${2 * half}`);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Make a link that leaves the page, or plain text where the address is not one of the web. */
export function outsideLink(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return element("span", {}, text);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return element("span", {}, text);
  return element("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, text);
}

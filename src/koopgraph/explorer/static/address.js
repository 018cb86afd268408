// The state of the page in the fragment of its address, so that a link reopens what was seen.

/** The page at rest: what each field of a state is when nothing was chosen. Lists hold what is chosen of many. */
export const REST = {
  view: "network",
  pos: "",
  entity: null,
  goal: null,
  depth: 0,
  article: null,
  at: null,
  table: "things",
  sort: "",
  find: "",
  hide: [],
  relation: [],
  theme: [],
  source: [],
  from: "",
  until: "",
  sure: 0,
  lang: null,
};

/**
 * Write a state as a fragment: '#entity=person/jana-muster&hide=Place,City&lang=en'. Fields at rest are left out, slashes
 * stay readable, and a comma only ever separates.
 */
export function fragmentOf(state) {
  const fields = Object.entries(REST).flatMap(([name, rest]) => {
    const value = state[name] ?? rest;
    if (Array.isArray(value)) return value.length ? [`${name}=${value.map(written).join(",")}`] : [];
    return value === rest ? [] : [`${name}=${written(String(value))}`];
  });
  return `#${fields.join("&")}`;
}

/** Read a fragment into a whole state; unknown fields are ignored, and a broken one is at rest. */
export function stateOf(fragment) {
  const state = { ...REST };
  for (const field of fragment.replace(/^#/, "").split("&")) {
    const [name, text = ""] = halves(field);
    if (!Object.hasOwn(REST, name) || !text) continue;
    const rest = REST[name];
    const parts = text.split(",").map(read);
    if (parts.includes(null)) continue;
    if (Array.isArray(rest)) state[name] = parts.filter(Boolean);
    else if (typeof rest === "number" || name === "at") state[name] = Number(text) >= 0 ? Number(text) : rest;
    else state[name] = parts.join(",");
  }
  return state;
}

function halves(field) {
  const at = field.indexOf("=");
  return at < 0 ? [field] : [field.slice(0, at), field.slice(at + 1)];
}

function written(text) {
  return encodeURIComponent(text.toWellFormed?.() ?? text).replace(/%2F/g, "/");
}

function read(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** What a picture shows, as three numbers with slashes between them: the middle and the scale. */
export function positionOf(...numbers) {
  return numbers.map((number) => String(Number(number.toPrecision(7)))).join("/");
}

/** The three numbers of a position, or null where it is none. */
export function numbersOf(position) {
  const numbers = position.split("/").map((text) => (text.trim() ? Number(text) : NaN));
  return numbers.length === 3 && numbers.every(Number.isFinite) && numbers[2] > 0 ? numbers : null;
}

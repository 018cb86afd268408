// The state of the page in the fragment of its address, so that a link reopens what was seen.

/**
 * Write a state as a fragment: '#entity=person/jana-muster&hide=Place&lang=en'. Fields at rest are left out.
 * Slashes stay readable.
 */
export function fragmentOf({ entity, hidden, language }) {
  const fields = [];
  if (entity) fields.push(["entity", entity]);
  if (hidden.length) fields.push(["hide", hidden.join(",")]);
  if (language) fields.push(["lang", language]);
  const text = fields.map(
    ([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",")}`,
  );
  return `#${text.join("&")}`;
}

/** Read a fragment; unknown fields are ignored, and a broken one is the state at rest. */
export function stateOf(fragment) {
  const fields = new URLSearchParams(fragment.replace(/^#/, "").replace(/\+/g, "%2B"));
  return {
    entity: fields.get("entity") || null,
    hidden: (fields.get("hide") ?? "").split(",").filter(Boolean),
    language: fields.get("lang") || null,
  };
}

// Handing something over: a file to save, or a text to paste.

/** Save a Blob under a name. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the file after this function has ended.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copy a text to the clipboard; says whether that worked, which a page inside another one may not be allowed. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

function copyOldWay(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}

/** A file's name from the page's title: letters and digits of any language, joined by hyphens. */
export function fileName(title, suffix) {
  const stem = title
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${stem || "koopgraph"}.${suffix}`;
}

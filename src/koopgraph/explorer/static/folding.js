// Names as people type them: without case, accents, and the choice between ä, ae and a.

const LETTERS = { ß: "ss", æ: "a", œ: "o", ø: "o", ł: "l", đ: "d", ı: "i", þ: "th", ð: "d" };

/**
 * Fold a text for comparison: 'Müller', 'Mueller' and 'MULLER' become the same, 'Straße' and 'Strasse' too.
 * The three spellings of an umlaut meet in the bare vowel, in the query as in the names.
 */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[ßæœøłđıþð]/g, (letter) => LETTERS[letter])
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([aou])e/g, "$1")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

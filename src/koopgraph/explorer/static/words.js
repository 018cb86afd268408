// The page's words in the reader's language.

/** Words of one language at a time; `say('counts', { articles: 3 })` fills in the fields. */
export class Words {
  constructor(translations, language) {
    this.translations = translations;
    this.language = language;
  }

  use(language) {
    if (Object.hasOwn(this.translations, language)) this.language = language;
  }

  has(key) {
    return Object.hasOwn(this.translations[this.language], key);
  }

  say(key, fields = {}) {
    if (!this.has(key)) return key.slice(key.indexOf(".") + 1);
    return this.translations[this.language][key].replace(/\{(\w+)\}/g, (_, field) => fields[field] ?? "");
  }

  number(value) {
    return new Intl.NumberFormat(this.language).format(value);
  }

  percent(value) {
    return new Intl.NumberFormat(this.language, { style: "percent", maximumFractionDigits: 0 }).format(value);
  }

  /** Put the words into everything that the template marks with data-text, data-name or data-placeholder. */
  apply(root) {
    root.documentElement.lang = this.language;
    for (const part of root.querySelectorAll("[data-text]")) part.textContent = this.say(part.dataset.text);
    for (const part of root.querySelectorAll("[data-name]")) {
      part.setAttribute("aria-label", this.say(part.dataset.name));
      if (part.tagName === "BUTTON") part.title = this.say(part.dataset.name);
    }
    for (const part of root.querySelectorAll("[data-placeholder]"))
      part.placeholder = this.say(part.dataset.placeholder);
  }
}

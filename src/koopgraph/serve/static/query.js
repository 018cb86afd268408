/* The query page: an editor for SPARQL, and named questions that are put into it. */
"use strict";

const given = JSON.parse(document.getElementById("given").textContent);
const form = document.getElementById("question");
const names = document.getElementById("names");
const fields = document.getElementById("parameters");
const failed = document.getElementById("failed");

/* Tables show values, not their datatypes, and whole texts, as long as the reader does not choose otherwise. */
const table = { compact: true, isEllipsed: false };
Yasgui.Yasr.defaults.plugins.table.dynamicConfig = table;

/* No completion asks another server: prefixes are this graph's; classes and properties are not looked up elsewhere. */
const yasgui = new Yasgui(document.getElementById("editor"), {
  requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
  endpointCatalogueOptions: { getData: () => [] },
  copyEndpointOnNewTab: false,
  corsProxy: undefined,
  persistenceId: `koopgraph ${location.host}`,
  yasqe: {
    value: given.start,
    editorHeight: "230px",
    prefixCcApi: `${location.origin}/prefixes`,
    autocompleters: ["prefixes", "variables"],
    createShortLink: undefined,
  },
});

const chosen = () => given.questions.find((question) => question.name === names.value);

function field(parameter) {
  const label = document.createElement("label");
  const about = document.createElement("span");
  about.textContent = parameter.description + (parameter.required ? "" : ` (${given.words.optional})`);
  const input = document.createElement("input");
  input.name = parameter.name;
  input.value = parameter.value;
  input.placeholder = `${given.words.example} ${parameter.example}`;
  input.required = parameter.required;
  label.append(about, input);
  return label;
}

function show() {
  const question = chosen();
  fields.replaceChildren(...(question ? question.parameters.map(field) : []));
  form.querySelector("button").disabled = !question;
}

async function ask(event) {
  event.preventDefault();
  const question = chosen();
  const values = new URLSearchParams(new FormData(form));
  const answer = await fetch(`/questions/${encodeURIComponent(question.name)}?${values}`);
  const text = await answer.text();
  failed.hidden = answer.ok;
  failed.textContent = answer.ok ? "" : `${given.words.failed} ${text}`;
  if (!answer.ok) return;
  const tab = yasgui.addTab(true, {
    ...Yasgui.Tab.getDefaults(yasgui),
    name: question.name,
    yasr: { response: undefined, settings: { selectedPlugin: "table", pluginsConfig: { table } } },
  });
  tab.setQuery(text);
  tab.getYasqe().query().catch(() => {});
}

/* Things of this graph open here, wherever their addresses lead. */
function open_here(event) {
  const link = event.target.closest("a[href]");
  if (!link || !link.href.startsWith(given.base)) return;
  event.preventDefault();
  window.open(`/id/${link.href.slice(given.base.length)}`, "_blank", "noopener");
}

names.addEventListener("change", show);
form.addEventListener("submit", ask);
document.getElementById("editor").addEventListener("click", open_here, true);
show();

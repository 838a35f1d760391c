// The sentences scripts say, written by the server in the reader's language.
export const words = document.querySelector("template[data-words]")?.dataset ?? {};

// Tells the server that a request comes from our own page.
const meta = document.querySelector('meta[name="csrf-token"]');

export const token = () => meta?.content ?? "";

// After signing in anew in another tab this page's token is stale: take the one of a fresh page; false when signed out.
export async function renewed() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer) return true; // no network is not the same as signed out
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = (name) => page.querySelector(`meta[name="${name}"]`)?.content;
  if (!said("person") || said("person") !== document.querySelector('meta[name="person"]')?.content) return false;
  meta.content = said("csrf-token");
  return true;
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

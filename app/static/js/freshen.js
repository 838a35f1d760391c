// After something arrived: puts the parts of the page that tell of it in as they are now, and leaves the rest alone.
export async function freshen() {
  const places = [...document.querySelectorAll("[data-fresh]")];
  if (!places.length) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of places) {
    const now = page.getElementById(place.id);
    if (!now) continue;
    place.replaceWith(document.adoptNode(now));
    window.htmx?.process(now);
  }
}

// Whether a form changes something. Asked of the attribute: a field called "method" hides the property.
export const posts = (form) => form.getAttribute("method")?.toLowerCase() === "post" || form.hasAttribute("hx-post");

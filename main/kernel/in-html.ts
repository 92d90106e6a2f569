/** A text as it stands in HTML, also in an attribute. */
export const inHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

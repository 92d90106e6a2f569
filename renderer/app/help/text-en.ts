/** The handbook in this language, by the path of each page. */
export const files = import.meta.glob<string>('../../../docs/handbook/en/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

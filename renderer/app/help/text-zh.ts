/** The handbook in this language, by the path of each page. */
export const files = import.meta.glob<string>('../../../docs/handbook/zh/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

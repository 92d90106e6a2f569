// What a release says of itself: the section of its version in docs/CHANGELOG.md.

/** A version's section, without its heading; null where there is none, or nothing in it. */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/[\s,]/, 1)[0] === version);
  const notes = section?.slice(section.indexOf('\n') + 1).trim() ?? '';
  return notes === '' ? null : notes;
}

/** Stands where an inserted text begins or ends in a Chinese character; nobody types it, and it is not shown. */
const EDGE = '\ue000';
const edges = /^(?=\p{Script=Han})|(?<=\p{Script=Han})$/gu;
const gaps = /(?<=\p{Script=Han}) \ue000|\ue000 (?=\p{Script=Han})|\ue000/gu;

/** Marks the ends of a text that is put into a sentence. */
export const marked = (text: string): string => text.replace(edges, EDGE);

/** Closes the space beside an inserted Chinese text that Chinese words surround: it is for letters and digits. */
export const closed = (sentence: string): string => sentence.replace(gaps, '');

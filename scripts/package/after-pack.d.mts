/** `context` is electron-builder's. Rejects, in words, what is no package of its kind. */
export default function afterPack(context: object): Promise<void>;

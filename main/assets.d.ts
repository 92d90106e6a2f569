/** A file that the build copies beside the program; its absolute path at run time. */
declare module '*?asset' {
  const path: string;
  export default path;
}

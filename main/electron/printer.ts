import type { WebContents } from 'electron';
import type { Printer } from '../ports.ts';

/** What Chromium answers where a person closes the dialog: nothing went wrong. */
const GIVEN_UP = /cancel/i;

/** Prints the till's own window. */
export const createPrinter = (contents: () => WebContents | null): Printer => ({
  print: () =>
    new Promise((resolve) => {
      const page = contents();
      if (page === null) {
        resolve('no window');
        return;
      }
      page.print({ silent: false, printBackground: false }, (printed, reason) =>
        resolve(printed || GIVEN_UP.test(reason) ? null : reason || 'not printed'),
      );
    }),
});

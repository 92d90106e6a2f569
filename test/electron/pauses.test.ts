import { it } from 'vitest';
import { pausesAndGoesOn, signInPage } from '../support/electron-pauses.ts';

// Each of the two in the moment where more hangs on it; the other way round: `pauses.deep`.

it('pauses with words for a sign-in page, fails nothing, and goes on by itself when it is gone', () =>
  pausesAndGoesOn(signInPage));

import { it } from 'vitest';
import {
  badGateway,
  checksAndHoldsTheRest,
  pausesAndGoesOn,
  signInPage,
} from '../support/electron-pauses.ts';

it('pauses with words for a 502, fails nothing, and goes on by itself when it is gone', () =>
  pausesAndGoesOn(badGateway));

it('calls what met a sign-in page on its way Checking, holds the rest, and goes on when it is gone', () =>
  checksAndHoldsTheRest(signInPage));

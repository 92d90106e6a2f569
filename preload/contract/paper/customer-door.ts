import type { CustomerShown } from './customer.ts';

/** The one way to the customer's display. There is none back. */
export const CUSTOMER_CHANNEL = 'customer:shown';

/** What its preload puts on `window.customer`. */
export interface CustomerBridge {
  readonly onShown: (listener: (shown: CustomerShown) => void) => void;
}

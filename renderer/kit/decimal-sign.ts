import { createContext } from 'react';

/** What stands before the cents in sums that are typed at the till that is open. */
export const DecimalSign = createContext('.');

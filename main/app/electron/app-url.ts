/** The only place that the till's page comes from. */
export const APP_SCHEME = 'counterfoil';
export const APP_HOST = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_URL = `${APP_ORIGIN}/index.html`;
/** What the customer sees, in a window of its own. */
export const CUSTOMER_URL = `${APP_ORIGIN}/customer.html`;

export const isOurUrl = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);

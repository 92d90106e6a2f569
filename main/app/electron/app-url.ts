/** The only origin of the till's page. */
export const APP_SCHEME = 'counterfoil';
export const APP_HOST = 'app';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_URL = `${APP_ORIGIN}/index.html`;
/** The page of the customer display. */
export const CUSTOMER_URL = `${APP_ORIGIN}/customer.html`;

export const isOurUrl = (url: string): boolean => url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);

/** A store where it is not near midnight now, so that "today" does not end in the middle of a test. */
export const storeTimeZone = ((hour) => (hour >= 12 && hour < 21 ? 'UTC' : 'Asia/Singapore'))(
  new Date().getUTCHours(),
);

/** The store's zone where a test has a clock of its own, whose days do not depend on the hour it runs at. */
export const ownClockStoreTimeZone = 'Asia/Singapore';

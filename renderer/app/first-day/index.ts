export { FirstDayLine } from './first-day-line.tsx';
export { FirstDayScreen } from './first-day-screen.tsx';

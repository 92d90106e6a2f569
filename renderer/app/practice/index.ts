export { guide } from './guide.ts';
export { PracticeBanner } from './practice-banner.tsx';
export { PracticeGuide } from './practice-guide.tsx';

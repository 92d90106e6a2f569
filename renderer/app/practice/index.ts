export { type GuideStand, guide, useGuideStand } from './guide.ts';
export { PracticeBanner } from './practice-banner.tsx';

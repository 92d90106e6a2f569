export { AnswerDialog, DoubtDialog } from './review-dialogs.tsx';
export { ReviewRegion } from './review-region.tsx';
export { ReviewScreen } from './review-screen.tsx';

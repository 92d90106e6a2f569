export { ScreenFrame, type Tab } from './screen-frame.tsx';

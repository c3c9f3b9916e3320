import type { Refusals } from '#kernel';

export const TIMER_REFUSALS: Refusals = {
  unknown_timer: 'Nobody fires timers such as renew:sub_01j9zq6e4hf0fvwpn5t5jzq3cd.',
};

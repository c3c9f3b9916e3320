import type { Refusals } from '#kernel';

export const TIMER_REFUSALS: Refusals = {
  job_not_found: 'There is no job “account-….bill:sub_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  job_not_waiting: 'The job is scheduled: only what is due, failed or dead is decided about.',
  unknown_timer: 'Nobody fires timers such as renew:sub_01j9zq6e4hf0fvwpn5t5jzq3cd.',
};

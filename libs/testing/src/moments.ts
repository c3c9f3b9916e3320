import { parseInstant, parseLocalDate, type Instant, type LocalDate } from '#kernel';

export const at = (text: string): Instant => parseInstant(text);
export const on = (text: string): LocalDate => parseLocalDate(text);

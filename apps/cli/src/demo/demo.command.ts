import { Presets, SingleBar } from 'cli-progress';
import { DemoTenant, type DemoPlace } from './demo-tenant.js';
import { Play } from './play.js';
import { report } from './report.js';
import { instantOf } from './stops.js';
import { Story, type StoryTerms } from './story.js';

/** Fills a test tenant with the life of a company, as fast as the clock can be advanced, and says what there is to see. */
export const demo = async (place: DemoPlace, terms: StoryTerms): Promise<void> => {
  const begun = performance.now();
  const bar = new SingleBar(
    {
      format: '{month} [{bar}] {value}/{total} | {accounts} accounts | {readings} readings | {payments} payments',
      noTTYOutput: true,
      notTTYSchedule: 5_000,
      hideCursor: true,
    },
    Presets.legacy,
  );
  const filling = fillDemoTenant(place, terms, (progress) => {
    if (progress.done === 0) bar.start(progress.stops, 0, progress);
    else bar.update(progress.done, progress);
  });
  const { tenant, play } = await filling.finally(() => bar.stop());
  await report(tenant, terms, play.played, Math.round((performance.now() - begun) / 1_000));
};

export interface DemoProgress {
  readonly month: string;
  readonly done: number;
  readonly stops: number;
  readonly accounts: number;
  readonly readings: number;
  readonly payments: number;
}

/** Run again with the same terms, it goes on where it was interrupted; where nothing is left to do, nothing is done. */
export const fillDemoTenant = async (
  place: DemoPlace,
  terms: StoryTerms,
  tell: (progress: DemoProgress) => void,
): Promise<{ readonly tenant: DemoTenant; readonly play: Play }> => {
  const story = new Story(terms);
  const tenant = await DemoTenant.create(place, nameOf(terms), instantOf(story.stops[0]!.at));
  const play = new Play(story, tenant);
  await play.prepare();
  const stops = await play.stops();
  const progress = (done: number, stop: number): DemoProgress => ({
    ...play.played,
    month: instantOf(story.stops[stop]!.at).slice(0, 7),
    done,
    stops: stops.length,
  });
  tell(progress(0, stops[0]!));
  for (const [index, stop] of stops.entries()) {
    await play.play(stop);
    tell(progress(index + 1, stop));
  }
  return { tenant, play };
};

const nameOf = ({ seed, from, months }: StoryTerms): string => `Demo ${seed}, ${months} months from ${from}`;

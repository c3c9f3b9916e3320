/** Subscriptions: hands newly flushed events to those who follow the log or one stream of it. */
import { type NewEvent } from '../storage/storage.js';

export type Follower = (event: NewEvent) => void;

export class Feed {
  private readonly ofLog = new Set<Follower>();
  private readonly ofStream = new Map<string, Set<Follower>>();

  /** Returns how to stop following. */
  followLog(follower: Follower): () => void {
    this.ofLog.add(follower);
    return () => this.ofLog.delete(follower);
  }

  followStream(stream: string, follower: Follower): () => void {
    const followers = this.ofStream.get(stream) ?? new Set();
    this.ofStream.set(stream, followers.add(follower));
    return () => {
      followers.delete(follower);
      if (followers.size === 0 && this.ofStream.get(stream) === followers) this.ofStream.delete(stream);
    };
  }

  publish(events: readonly NewEvent[]): void {
    for (const event of events) {
      for (const follower of this.ofLog) follower(event);
      const followers = this.ofStream.get(event.stream);
      if (followers !== undefined) for (const follower of followers) follower(event);
    }
  }
}

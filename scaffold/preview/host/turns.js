/** What the page is asked for, one thing after the other: visits of areas, and reloads of the widget. */

export class Turns {
  constructor() {
    this.last = Promise.resolve();
    /** How many reloads were asked for and have not begun; the promise that the next one is asked for. */
    this.reloads = 0;
    this.expectReload();
  }

  expectReload() {
    this.reloadAsked = new Promise((resolve) => {
      this.abandonVisit = resolve;
    });
  }

  /** Act when all that was asked for before is finished, even if it failed. @returns {Promise<any>} of `act` */
  add(act) {
    this.last = this.last.catch(() => {}).then(act);
    return this.last;
  }

  /** The same for an act that loads the widget: an unfinished visit is abandoned. */
  addReload(act) {
    this.reloads += 1;
    this.abandonVisit();
    return this.add(() => {
      this.reloads -= 1;
      if (!this.reloads) this.expectReload();
      return act();
    });
  }

  /** Wait for a visit until a reload is asked for: a promise of the widget may never settle. */
  visited(visit) {
    return Promise.race([visit, this.reloadAsked]);
  }

  /** Resolves when nothing that was asked for is unfinished. */
  async settled() {
    let last;
    do {
      ({ last } = this);
      await last.catch(() => {});
    } while (last !== this.last);
  }

  /** Ask the frame something when all is settled, and again if it is replaced, as it does not answer then. */
  async ask(question) {
    let last;
    do {
      await this.settled();
      ({ last } = this);
      await this.visited(question());
    } while (last !== this.last);
  }
}

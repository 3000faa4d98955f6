  class W {
    callbacks = {
// callbacks
    };

    constructor() {
      this.own = 1;
    }
  }
  return W;

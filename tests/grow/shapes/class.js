  class W {
    constructor() {
      this.callbacks = {
// callbacks
      };
    }
  }
  return W;

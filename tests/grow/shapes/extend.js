  return function () {
    this.callbacks = {};
    Object.assign(this.callbacks, {
// callbacks
    });
  };

  return function () {
    var callbacks = {
// callbacks
    };
    this.callbacks = callbacks;
  };

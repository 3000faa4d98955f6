  function made() {
    return {
// callbacks
    };
  }
  return function () {
    this.callbacks = made();
    return this;
  };

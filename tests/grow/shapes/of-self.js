  return function () {
    var self = this;
    self.callbacks = {
// callbacks,
    };
  };

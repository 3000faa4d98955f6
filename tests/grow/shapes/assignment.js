  var W = function () {
    var self = this;
    this.callbacks = {
// callbacks
    };
    return this;
  };
  return W;

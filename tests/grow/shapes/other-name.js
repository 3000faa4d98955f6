  return function () {
    var widget = this;
    widget.callbacks = {
// callbacks
    };
    return widget;
  };

// What several threads make once and share; of many things the least recently used are forgotten.
#pragma once

#include <future>
#include <list>
#include <map>
#include <memory>
#include <mutex>

namespace roofbeam {

template <class Key, class Value>
class SharedCache {
 public:
  explicit SharedCache(std::size_t most) : most_(most) {}

  // What `make` returned for this key; whoever asks while it is being made waits. What it threw is
  // thrown again to all who ask.
  template <class Make>
  std::shared_ptr<const Value> get(const Key& key, Make&& make) {
    std::promise<std::shared_ptr<const Value>> promise;
    Future future;
    {
      const std::scoped_lock lock(mutex_);
      const auto found = entries_.find(key);
      if (found != entries_.end()) {
        order_.splice(order_.begin(), order_, found->second.place);
        future = found->second.future;
      } else {
        order_.push_front(key);
        entries_.emplace(key, Entry{promise.get_future().share(), order_.begin()});
        forget();
      }
    }
    if (future.valid()) return future.get();
    try {
      auto value = std::make_shared<const Value>(make());
      promise.set_value(value);
      return value;
    } catch (...) {
      promise.set_exception(std::current_exception());
      throw;
    }
  }

 private:
  using Future = std::shared_future<std::shared_ptr<const Value>>;
  struct Entry {
    Future future;
    typename std::list<Key>::iterator place;
  };

  void forget() {
    while (order_.size() > most_) {
      entries_.erase(order_.back());
      order_.pop_back();
    }
  }

  std::size_t most_;
  std::mutex mutex_;
  std::map<Key, Entry> entries_;
  std::list<Key> order_;  // the last used first
};

}  // namespace roofbeam

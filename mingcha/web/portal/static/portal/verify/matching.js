// Can every place still be filled? A flow between classes of groups and people, kept complete and repaired in place.
//
// Groups with the same eligible people form a class of `room` groups that need `need` people each. The flow says how
// many of the class's groups each person serves; it can be dealt out to single groups exactly when nobody has more
// than `room` and the sum is room × need. So a class is one node, however many groups it holds.

export class Matching {
  /** classes: [{eligible: [person…], room}]; every class needs `need` people a group. */
  constructor(classes, need, peopleCount) {
    this.need = need;
    this.eligible = classes.map(({ eligible }) => Int32Array.from(eligible));
    this.flow = classes.map(({ eligible }) => new Int32Array(eligible.length));
    this.room = classes.map(({ room }) => room);
    this.missing = classes.map(({ room }) => room * need);
    this.cap = new Float64Array(peopleCount);
    this.load = new Float64Array(peopleCount);
    this.homes = Array.from({ length: peopleCount }, () => []);
    this.eligible.forEach((people, at) => people.forEach((person, slot) => this.homes[person].push([at, slot])));
    this.reached = new Uint8Array(peopleCount);
    this.via = Array.from({ length: peopleCount }, () => null);
    this.member = new Uint8Array(peopleCount);
  }

  /** Fill every class within the caps; null when done, otherwise the people whose caps stand in the way. */
  fill() {
    for (let at = 0; at < this.room.length; at++) {
      while (this.missing[at] > 0) {
        const queue = this.startSearch();
        const goal = this.enterClass(at, null, queue) ?? this.search(queue);
        if (goal === null) return queue;
        this.shift(goal);
        this.load[goal]++;
        this.missing[at]--;
      }
    }
    return null;
  }

  /** Take one group out of its class; its people now are a proposal that `accept` may change. */
  openGroup(at) {
    const { eligible, flow, room, need } = this;
    this.group = { people: [], dead: new Uint8Array(this.cap.length) };
    // Whoever serves all groups of the class must be in this one; then anyone who serves at least one.
    for (const least of [room[at], 1]) {
      for (let slot = 0; slot < flow[at].length && this.group.people.length < need; slot++) {
        const person = eligible[at][slot];
        if (flow[at][slot] < least || this.member[person]) continue;
        flow[at][slot]--;
        this.member[person] = 1;
        this.group.people.push(person);
      }
    }
    room[at]--;
  }

  /** Put the person into the open group for good if all places stay fillable; says whether it did. */
  accept(person) {
    if (!this.member[person] && !this.exchangeFor(person)) return false;
    this.drop(person);
    this.cap[person]--;
    this.load[person]--;
    return true;
  }

  /** Make the person a member in someone else's stead, moving others between classes if need be. */
  exchangeFor(person) {
    if (this.group.dead[person]) return false;
    const goal = this.load[person] < this.cap[person] ? person : this.makeRoomFor(person);
    if (goal === null) return false;
    const leaver = this.member[goal] ? goal : this.group.people[0];
    this.load[goal]++;
    this.load[leaver]--;
    this.drop(leaver);
    this.member[person] = 1;
    this.group.people.push(person);
    return true;
  }

  /** Let the person give up a place elsewhere; who takes the last place of that exchange, or null. */
  makeRoomFor(person) {
    const queue = this.startSearch();
    this.reach(person, null, queue);
    const goal = this.search(queue);
    // Fewer ways remain with every acceptance, so everyone reached in vain stays impossible for this group.
    if (goal === null) for (const one of queue) this.group.dead[one] = 1;
    else this.shift(goal);
    return goal;
  }

  drop(person) {
    this.member[person] = 0;
    this.group.people.splice(this.group.people.indexOf(person), 1);
  }

  startSearch() {
    this.reached.fill(0);
    this.entered = new Uint8Array(this.room.length);
    return [];
  }

  isGoal(person) {
    return this.load[person] < this.cap[person] || this.member[person] === 1;
  }

  reach(person, via, queue) {
    this.reached[person] = 1;
    this.via[person] = via;
    queue.push(person);
  }

  /** Everyone who could take a place of this class from `giver`; the first goal among them, or null. */
  enterClass(at, giver, queue) {
    this.entered[at] = 1;
    const { eligible, flow, room } = this;
    for (let slot = 0; slot < eligible[at].length; slot++) {
      const person = eligible[at][slot];
      if (this.reached[person] || flow[at][slot] >= room[at]) continue;
      this.reach(person, { at, slot, giver }, queue);
      if (this.isGoal(person)) return person;
    }
    return null;
  }

  /** Breadth first: a reached person may give up a place in any class they serve. */
  search(queue) {
    for (let head = 0; head < queue.length; head++) {
      for (const [at, slot] of this.homes[queue[head]]) {
        if (this.entered[at] || this.flow[at][slot] === 0) continue;
        const goal = this.enterClass(at, { person: queue[head], slot }, queue);
        if (goal !== null) return goal;
      }
    }
    return null;
  }

  /** Carry out the exchange that leads to the goal. */
  shift(goal) {
    let step = this.via[goal];
    while (step !== null) {
      this.flow[step.at][step.slot]++;
      if (step.giver === null) return;
      this.flow[step.at][step.giver.slot]--;
      step = this.via[step.giver.person];
    }
  }
}

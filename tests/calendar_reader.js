// Reads an iCalendar file from standard input with the ical.js package and prints what it understood as JSON; of files that are
// named, a list.
//
// The package is looked for as Node does (NODE_PATH).
// Exit status 77: the package is not installed. Any other failure: the file could not be read strictly.

"use strict";

const fs = require("fs");

function load() {
  try {
    const found = require("ical.js");
    return found.default || found;
  } catch {
    process.exit(77);
  }
}

const ICAL = load();
ICAL.design.strict = true;
const instant = (time) => (time ? time.toJSDate().toISOString().replace(".000Z", "+00:00") : null);

function understood(component) {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    start: instant(event.startDate),
    end: component.hasProperty("dtend") ? instant(event.endDate) : null,
    stamp: instant(component.getFirstPropertyValue("dtstamp")),
    status: component.getFirstPropertyValue("status"),
    sequence: event.sequence,
    summary: event.summary,
    description: event.description,
    location: event.location,
    parts: component.getAllSubcomponents().map((part) => part.name.toUpperCase()),
  };
}

function read(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    product: calendar.getFirstPropertyValue("prodid"),
    events: calendar.getAllSubcomponents("vevent").map(understood),
  };
}

const files = process.argv.slice(2);
const found = files.length ? files.map((file) => read(fs.readFileSync(file, "utf8"))) : read(fs.readFileSync(0, "utf8"));
console.log(JSON.stringify(found));

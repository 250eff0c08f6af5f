//! What a set-up leaves behind, kept for all worlds that begin with it.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::panic::Location;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::world::{Conditions, Engine, World};

struct Snapshot {
    conditions: Conditions,
    files: Vec<(String, Vec<u8>, Permissions)>,
    /// The name of PostgreSQL's database, which stays as it is until the server ends.
    database: Option<String>,
}

impl World {
    /// Sets the world up. In a world in which nothing was done yet that is a copy of what the set-up left behind when it was
    /// run for the first of them.
    #[track_caller]
    pub fn begin(&self, set_up: fn(&World)) {
        type Kept = &'static OnceLock<Snapshot>;
        static KEPT: Mutex<BTreeMap<(Engine, &Location<'_>), Kept>> = Mutex::new(BTreeMap::new());
        if !self.is_new() {
            return set_up(self);
        }
        let key = (self.engine(), Location::caller());
        let kept: Kept = KEPT
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(key)
            .or_insert_with(|| Box::leak(Box::default()));
        let snapshot = kept.get_or_init(|| {
            let world = World::new(self.engine());
            set_up(&world);
            Snapshot::take(world)
        });
        snapshot.restore(self);
    }

    /// Another world, which is as this one is by now.
    pub fn fork(&self) -> World {
        let other = World::new(self.engine());
        copy(&self.path(""), &other.path(""));
        if let (Some(from), Some(to)) = (&self.database, &other.database) {
            to.copy_of(from);
        }
        other.conditions.replace(self.conditions.borrow().clone());
        other
    }

    fn is_new(&self) -> bool {
        let is_empty = fs::read_dir(self.path("")).unwrap().next().is_none();
        is_empty && *self.conditions.borrow() == Conditions::default()
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

impl Snapshot {
    fn take(world: World) -> Self {
        let entries = fs::read_dir(world.path("")).unwrap().map(Result::unwrap);
        let file = |entry: fs::DirEntry| {
            let permissions = entry.metadata().unwrap().permissions();
            (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap(), permissions)
        };
        Snapshot {
            files: entries.map(file).collect(),
            conditions: world.conditions.take(),
            database: world.database.map(crate::postgres::Database::keep),
        }
    }

    fn restore(&self, world: &World) {
        for (name, bytes, permissions) in &self.files {
            world.write(name, bytes);
            fs::set_permissions(world.path(name), permissions.clone()).unwrap();
        }
        if let (Some(database), Some(template)) = (&world.database, &self.database) {
            database.copy(template);
        }
        world.conditions.replace(self.conditions.clone());
    }
}

//! `package`: rules 1.5 to 1.7, 1.9, 1.11, 1.14 and 1.15, told from the hub's side and from the providers'.

mod asked;
mod hand_back;
mod list;
mod portal;
mod respond;
mod wait;

use crate::town::settle;
use crate::world::World;

fn offered(world: &World) {
    world.begin(|world| {
    settle(world);
    world.ok("outsource create REF-00000A --visit VIS-000001 VIS-000002 --provider acme birch cedar --reference winter");
    });
}
